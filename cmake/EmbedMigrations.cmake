# Writes OUTPUT, a C++ file that holds every NNNN_name.sql of FOLDER in its order.
#   cmake -DFOLDER=sql/migrations -DOUTPUT=built_in_migrations.cpp -P EmbedMigrations.cmake
file(GLOB files ${FOLDER}/[0-9][0-9][0-9][0-9]_*.sql)
list(SORT files)
set(rows "")
set(number 0)
foreach(file IN LISTS files)
  math(EXPR number "${number} + 1")
  get_filename_component(name ${file} NAME)
  string(SUBSTRING ${name} 0 4 digits)
  string(REGEX REPLACE "^0+" "" digits ${digits})
  if(NOT digits EQUAL number)
    message(FATAL_ERROR "${name}: migrations are numbered without gaps, ${number} was expected")
  endif()
  file(READ ${file} text)
  string(APPEND rows "    {${number}, \"${name}\", R\"lanekeeper(${text})lanekeeper\"},\n")
endforeach()
file(WRITE ${OUTPUT}
     "#include \"storage/migrations.h\"

namespace lanekeeper::storage {

std::span<const Migration> built_in_migrations() {
  static constexpr Migration migrations[] = {
${rows}  };
  return migrations;
}

}  // namespace lanekeeper::storage
")
